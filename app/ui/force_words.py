# SPDX-License-Identifier: MIT
"""The models of sales forces, in words."""

from app.models.sales_force import ForceModel

MODEL_TITLES = {
    ForceModel.GEOGRAPHIC: "Geographic",
    ForceModel.CUSTOMER: "Customer-based",
    ForceModel.PRODUCT: "Product-based",
    ForceModel.HYBRID: "Hybrid",
}

MODEL_HINTS = {
    ForceModel.GEOGRAPHIC: "Areas decide who serves a customer; rules are off.",
    ForceModel.CUSTOMER: "Rules by segment, size, industry or status decide.",
    ForceModel.PRODUCT: "Rules by product line decide.",
    ForceModel.HYBRID: "Rules decide first, areas serve whom no rule takes.",
}
