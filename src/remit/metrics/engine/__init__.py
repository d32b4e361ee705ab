"""How a number is answered: question, plan, expression, answer (pure: never imports Django)."""
