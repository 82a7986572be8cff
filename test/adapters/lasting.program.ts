// A program that lives until it is asked to end, whoever started it.
setInterval(() => {}, 60_000)
