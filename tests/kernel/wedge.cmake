entente_test(wedge_test LAYERS wedge)
