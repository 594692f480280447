entente_test(hold_and_force_test LAYERS plan)
entente_test(names_test LAYERS ask)
