package io.s3s3.internal.consistency;

import java.nio.ByteBuffer;

import io.s3s3.consistency.WriteToken;
import io.s3s3.internal.text.CheckedText;
import io.s3s3.location.LocationRole;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A token comes from outside: whatever is in it, it is read or refused.
 */
class HostileTokenTests {

	private static final PairPlaces HERE = new PairPlaces(7, LocationRole.PRIMARY);

	@Property
	void isReadOrRefused(@ForAll @Size(max = 60) byte[] content) {
		byte[] whole = ByteBuffer.allocate(Long.BYTES + content.length).putLong(HERE.id()).put(content).array();
		WriteToken token = new WriteToken(CheckedText.of(WriteToken.PREFIX, whole));
		try {
			assertThat(CarriedHistory.read(HERE, token).history()).isNotNull();
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining("write token");
		}
	}

	@Property(tries = 100)
	void isNoTokenWithoutItsChecksum(@ForAll byte[] content) {
		String whole = CheckedText.of(WriteToken.PREFIX, content);
		String broken = whole.substring(0, whole.length() - 1) + (whole.endsWith("A") ? "Q" : "A");

		assertThatIllegalArgumentException().isThrownBy(() -> new WriteToken(broken));
		assertThatIllegalArgumentException().isThrownBy(() -> new WriteToken(whole.substring(1)));
	}

}
