find_package(fmt REQUIRED)
entente_test(drawing_test LAYERS report families)
entente_test(picture_test LAYERS report families)
entente_test(picture_draws_test LAYERS report families LABELS slow COST 145)
