entente_test(hold_and_force_test LAYERS plan families)
entente_test(names_test LAYERS ask)
entente_test(phrase_test LAYERS ask)
