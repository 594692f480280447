entente_test(choice_test LAYERS choice)
