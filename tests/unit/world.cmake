entente_test(world_test LAYERS world)
entente_test(world_facts_test LAYERS world)
