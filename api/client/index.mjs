import createClient from 'openapi-fetch'

export const connectNoctuary = ({ url, token, onBehalfOf, ...more }) =>
  createClient({
    ...more,
    baseUrl: url,
    headers: {
      // Only our own pages can send it: see the session in /api/docs.
      'x-noctuary-csrf': '1',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(onBehalfOf === undefined ? {} : { 'x-noctuary-on-behalf-of': onBehalfOf }),
    },
  })
