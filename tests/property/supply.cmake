entente_test(supply_property_test LAYERS supply LIBRARIES rapidcheck glpk COST 40)
