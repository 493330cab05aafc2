import fc from 'fast-check'

/**
 * Tests draw the same examples on every machine, so that a run that passed passes again. `PROPERTY_SEED=random` (`pnpm fuzz`) draws others
 * each time; a failure prints its seed, which `PROPERTY_SEED` takes as well.
 */
const asked = process.env.PROPERTY_SEED
if (asked !== 'random') fc.configureGlobal({ seed: asked === undefined ? 20_261_122 : Number(asked) })
