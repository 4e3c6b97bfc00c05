"""People and posts: invitations, appointments, second factors, handovers."""
