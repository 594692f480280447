entente_test(turn_property_test LAYERS turn families LABELS slow COST 40)
