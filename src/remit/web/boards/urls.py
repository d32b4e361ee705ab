"""Addresses of the boards."""

from django.urls import path

from . import editing, views

urlpatterns = [
    path("boards", views.home, name="boards_home"),
    path("boards/new", editing.new, name="boards_new"),
    path("boards/shipped/<slug:code>", views.shipped, name="boards_shipped"),
    path("boards/<int:board_id>", views.board, name="boards_board"),
    path("boards/<int:board_id>/edit", editing.edit, name="boards_edit"),
    path("boards/<int:board_id>/order", editing.order, name="boards_order"),
    path("boards/<int:board_id>/removal", editing.removal, name="boards_removal"),
    path("boards/tiles/new", editing.tile_new, name="boards_tile_new"),
    path("boards/tiles/<int:tile_id>", editing.tile, name="boards_tile"),
    path("boards/tiles/<int:tile_id>/place", editing.tile_place, name="boards_tile_place"),
    path("boards/tiles/<int:tile_id>/removal", editing.tile_removal, name="boards_tile_removal"),
]
