entente_test(partition_test LAYERS partition)
