entente_test(levers_test LAYERS plan families)
entente_test(turn_test LAYERS turn families LABELS tsan)
