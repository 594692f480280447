entente_test(gas_network_test LAYERS plan ask market coalition)
