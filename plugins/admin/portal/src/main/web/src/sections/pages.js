/** The pages of one kind of entity: list, new, one, edit. What is new has a page before its form where "fresh" is one. */
export function entity(name, title, pages) {
  const one = title.replace(/s$/, '')
  // An abbreviation stays as it is.
  const small = /^[A-Z]{2}/.test(one) ? one : one.charAt(0).toLowerCase() + one.slice(1)
  return {
    name,
    title,
    routes: [
      { path: name, name, component: pages.list, meta: { title, section: name } },
      { path: `${name}/new`, name: `${name}-new`, component: pages.fresh ?? pages.form, meta: { title: `New ${small}`, section: name } },
      { path: `${name}/:id`, name: `${name}-one`, component: pages.one, meta: { title: one, section: name } },
      { path: `${name}/:id/edit`, name: `${name}-edit`, component: pages.form, meta: { title: `Edit ${small}`, section: name } },
    ],
  }
}

/** A section of one page. */
export function single(name, title, component) {
  return { name, title, routes: [{ path: name, name, component, meta: { title, section: name } }] }
}
