entente_test(every_situation_test LAYERS plan)
