entente_test(supply_kernel_test LAYERS supply)
