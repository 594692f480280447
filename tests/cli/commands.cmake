entente_cli_test(commands_test LABELS slow COST 30)
