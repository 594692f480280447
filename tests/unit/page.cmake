entente_test(html_test LAYERS report families)
entente_test(number_format_test LAYERS report families)
entente_test(page_test LAYERS report families)
entente_test(display_names_test LAYERS report families)
