entente_test(record_test LAYERS record)
