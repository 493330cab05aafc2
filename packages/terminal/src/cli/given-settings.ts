/** The settings that were given; an absent one takes the default of whoever is asked. */
export function givenSettings<Settings extends object>(
  settings: Settings,
): { [Key in keyof Settings]: NonNullable<Settings[Key]> } {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Key in keyof Settings]: NonNullable<Settings[Key]> }
}
