entente_test(gas_network_test LAYERS plan families ask market coalition)
