"""People around a claim: queries, right of reply, waivers, interests."""
