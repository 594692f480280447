entente_test(choice_question_test LAYERS plan families)
