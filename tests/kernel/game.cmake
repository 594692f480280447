entente_test(game_test LAYERS game)
