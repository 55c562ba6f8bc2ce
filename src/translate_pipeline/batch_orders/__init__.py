"""Requests to a provider's batch API: a run's requests in, an order with their answers out.

An *order* is what one `translate --batch` hands in: many requests in one file, answered within
a day at half the price. The laws: a text that is on order is not sent again; an answer that was
paid for is used, whatever else has changed since; and what came back is judged like any other.
"""

from translate_pipeline.batch_orders.answers import Answers
from translate_pipeline.batch_orders.holding import Holding
from translate_pipeline.batch_orders.order import Asked, Order, Stage, Text
from translate_pipeline.batch_orders.order_files import OrderFiles

__all__ = ["Answers", "Asked", "Holding", "Order", "OrderFiles", "Stage", "Text"]
