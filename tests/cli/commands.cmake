entente_cli_test(commands_test LABELS slow COST 30)
entente_cli_test(schema_test LABELS slow COST 20)
