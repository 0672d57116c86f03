"""Work around a claim: queries, right of reply, waivers and conflicts of interest."""
