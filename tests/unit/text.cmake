entente_test(text_test LAYERS text)
