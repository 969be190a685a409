// Forms of the packages show what the API says in one line below; this puts it to the fields that it names as well.

/** The fields that the API refuses, with its words, such as [['config.minute', 'value must be greater than 0']]. */
function named(fields, path = '') {
  return Object.entries(fields ?? {}).flatMap(([name, says]) => {
    const where = path ? `${path}.${name}` : name
    if (typeof says === 'string') return [[where, says]]
    return Array.isArray(says) ? says.filter((each) => typeof each === 'string').map((each) => [where, each]) : named(says, where)
  })
}

function fieldOf(form, path) {
  const own = `#${CSS.escape(path.replaceAll('.', '-'))}`
  const free = `[data-testid="${CSS.escape(`ff-${path}`)}"]`
  return form.querySelector(['input', 'textarea'].flatMap((kind) => [`${kind}${own}`, `${kind}${free}`, `${free} ${kind}`]).join())
}

export function clearFieldProblems(form) {
  form.querySelectorAll('.field-problem').forEach((each) => each.remove())
  form.querySelectorAll('[aria-invalid="true"]').forEach((each) => {
    each.removeAttribute('aria-invalid')
    each.removeAttribute('aria-describedby')
  })
}

/** Marks the fields of a form that an answer of the API names, and goes to the first. Each is free again when it is typed in. */
export function showFieldProblems(form, error) {
  clearFieldProblems(form)
  let first
  for (const [path, says] of named(error?.response?.data?.fields)) {
    const field = fieldOf(form, path)
    if (!field) continue
    const problem = document.createElement('p')
    problem.className = 'field-problem'
    problem.id = `problem-${path}`
    problem.textContent = says
    ;(field.closest('.k-input, .k-textarea, .form-group') ?? field.parentElement).append(problem)
    field.setAttribute('aria-invalid', 'true')
    field.setAttribute('aria-describedby', problem.id)
    field.addEventListener('input', () => {
      problem.remove()
      field.removeAttribute('aria-invalid')
      field.removeAttribute('aria-describedby')
    }, { once: true })
    first ??= field
  }
  if (first?.checkVisibility()) first.focus()
}
