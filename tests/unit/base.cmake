entente_test(base_test LAYERS base)
entente_test(elementary_test LAYERS base)
# MPFR as the judge, over a hundred thousand points each.
entente_test(special_mpfr_test LAYERS base LIBRARIES mpfr gmp LABELS slow COST 15)
entente_test(normal_mpfr_test LAYERS number LIBRARIES mpfr gmp LABELS slow)
entente_test(elementary_mpfr_test LAYERS base LIBRARIES mpfr gmp LABELS slow COST 20)
