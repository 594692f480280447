entente_test(deal_test LAYERS plan)
entente_test(deal_words_test LAYERS plan)
entente_test(alignment_test LAYERS plan)
