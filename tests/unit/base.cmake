entente_test(base_test LAYERS base)
entente_test(elementary_test LAYERS base)
entente_test(elementary_mpfr_test LAYERS base LIBRARIES mpfr gmp LABELS slow COST 20)
