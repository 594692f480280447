entente_test(game_property_test LAYERS game)
