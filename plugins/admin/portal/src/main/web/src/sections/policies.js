/** Who may ask for what. */
export const policies = {
  title: 'Policies',
  sections: [],
}
