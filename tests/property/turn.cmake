entente_test(turn_property_test LAYERS turn families LABELS slow COST 20)
entente_test(turn_answers_test LAYERS turn families LABELS slow COST 20)
entente_test(turn_markets_test LAYERS turn families LABELS slow COST 20)
