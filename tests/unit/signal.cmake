entente_test(signal_test LAYERS plan families)
entente_test(pressure_test LAYERS doubt families)
entente_test(pressure_refusal_test LAYERS plan families)
