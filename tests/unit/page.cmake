entente_test(html_test LAYERS report families)
entente_test(people_test LAYERS report families)
entente_test(page_test LAYERS report families)
entente_test(plain_test LAYERS report families)
