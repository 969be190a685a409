import { defineComponent, h } from 'vue'

/** Routes are written in one language, whatever they carry: the API says what an expression may not ask for. */
export const HTTP_BASED_PROTOCOLS = ['http', 'https', 'grpc', 'grpcs']
export const PROTOCOL_TO_SCHEMA = Object.fromEntries([...HTTP_BASED_PROTOCOLS, 'tcp', 'udp', 'tls', 'tls_passthrough'].map((each) => [each, { name: each }]))

/** Nothing is compiled, so nothing is waited for. */
export const asyncInit = Promise.resolve()

/** A plain field for an expression. */
export const ExpressionsEditor = defineComponent({
  props: { modelValue: { type: String, default: '' }, schema: { type: Object, required: true } },
  emits: ['update:modelValue'],
  setup(props, { emit }) {
    return () =>
      h('textarea', {
        class: 'code mono',
        rows: 5,
        spellcheck: false,
        'aria-label': 'Expression',
        'data-testid': 'route-form-expression',
        placeholder: 'http.path ^= "/shop" && http.method == "GET"',
        value: props.modelValue,
        onInput: (event) => emit('update:modelValue', event.target.value),
      })
  },
})

/** A place to try expressions out is the page "Explain". */
export const RouterPlaygroundModal = defineComponent({ setup: () => () => null })
