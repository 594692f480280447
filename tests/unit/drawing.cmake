find_package(fmt REQUIRED)
entente_test(drawing_test LAYERS report)
entente_test(picture_test LAYERS report)
entente_test(picture_draws_test LAYERS report LABELS slow COST 145)
