/** How traffic is moved from one version to another, and seen. */
export const delivery = {
  title: 'Delivery',
  sections: [],
}
