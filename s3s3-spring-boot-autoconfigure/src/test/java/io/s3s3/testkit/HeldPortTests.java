package io.s3s3.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HeldPort}.
 */
class HeldPortTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private final HeldPort port = HeldPort.take();

	@AfterEach
	void release() {
		this.port.close();
	}

	@Test
	void refusesConnections() {
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::ask);
	}

	@Test
	void isGivenToNobodyElse() throws IOException {
		List<ServerSocket> others = new ArrayList<>();
		try {
			for (int i = 0; i < 1000; i++) {
				others.add(new ServerSocket(0, 1, LOOPBACK));
			}

			assertThat(others).extracting(ServerSocket::getLocalPort).doesNotContain(number());
		}
		finally {
			for (ServerSocket other : others) {
				other.close();
			}
		}
	}

	@Test
	void isItsHoldersToListenOnAgainAndAgain() throws IOException {
		for (int i = 0; i < 20; i++) {
			try (Listener listener = this.port.listen((socket) -> socket.getOutputStream().write(1))) {
				assertThat(listener.port()).isEqualTo(number());
				assertThat(ask()).isEqualTo(1);
			}

			assertThatExceptionOfType(ConnectException.class).isThrownBy(this::ask);
		}
	}

	@Test
	void closesConnectionsWithTheListener() throws IOException {
		Listener listener = this.port.listen((socket) -> {
			socket.getOutputStream().write(1);
			socket.getInputStream().read();
		});
		try (Socket socket = new Socket(LOOPBACK, number())) {
			assertThat(socket.getInputStream().read()).isEqualTo(1);

			listener.close();

			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void cannotBeTakenByItsNumber() throws IOException {
		try (ServerSocket other = new ServerSocket()) {
			other.setReuseAddress(false);

			assertThatExceptionOfType(BindException.class)
				.isThrownBy(() -> other.bind(new InetSocketAddress(LOOPBACK, number())));
		}
	}

	private int ask() throws IOException {
		try (Socket socket = new Socket(LOOPBACK, number())) {
			return socket.getInputStream().read();
		}
	}

	private int number() {
		return this.port.uri().getPort();
	}

}
