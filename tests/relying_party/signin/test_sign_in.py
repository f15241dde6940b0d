def test_a_pupil_signs_in(browser):
    outcome = browser.sign_in()
    assert outcome.signed_in, outcome
    assert "Zoë-Agnès Van der Gheynst" in outcome.page
