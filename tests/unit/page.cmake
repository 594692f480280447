entente_test(html_test LAYERS report)
