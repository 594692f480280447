entente_test(deal_test LAYERS plan families)
entente_test(deal_words_test LAYERS plan families)
entente_test(alignment_test LAYERS plan families)
entente_test(estimated_test LAYERS doubt families)
