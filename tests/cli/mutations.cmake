entente_cli_test(mutations_test LAYERS base COST 18)
